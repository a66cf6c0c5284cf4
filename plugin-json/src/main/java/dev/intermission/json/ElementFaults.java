package dev.intermission.json;

import java.util.List;

/** Everything that is wrong with an object, or with the elements of an array. */
final class ElementFaults extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final transient List<ElementFault> all;

  /** Takes one or more faults. */
  ElementFaults(List<ElementFault> all) {
    super(String.join("; ", all.stream().map(ElementFault::message).toList()));
    this.all = List.copyOf(all);
  }

  List<ElementFault> all() {
    return all;
  }
}
