package dev.intermission.store;

/** How the transaction of a change ends: it is committed, or only tried. */
interface Transactions {

  /**
   * Does the work in a transaction that may write.
   *
   * @param what says in the text of a failure what could not be done
   */
  <T> T write(String what, Change change, Database.Work<T> work);
}
