package dev.intermission.store;

/** Is told of each transaction of a store. It is called on many threads. */
@FunctionalInterface
public interface StoreObserver {

  /** Takes no notice. */
  StoreObserver NONE = (operation, nanos) -> {};

  /** Reads from the database. */
  String READ = "read";

  /** Writes to the database, or tries to and takes it back. */
  String WRITE = "write";

  /**
   * Takes the end of a transaction, also of one that failed. Must not block or throw.
   *
   * @param operation {@link #READ} or {@link #WRITE}
   * @param nanos how long it took, with the wait for a connection
   */
  void ended(String operation, long nanos);
}
