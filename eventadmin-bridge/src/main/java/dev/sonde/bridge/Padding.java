package dev.sonde.bridge;

/// Keeps the fields of a subclass off the cache lines of what lies before it in memory; with as
/// many fields after them, they are on lines of their own. One thread writes them often, and others
/// must not pay for that when they touch their own data.
@SuppressWarnings("unused") // nothing reads it
abstract class Padding {
  private long before1;
  private long before2;
  private long before3;
  private long before4;
  private long before5;
  private long before6;
  private long before7;
  private long before8;
}
