package dev.sonde.bridge;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Handles of a class's own fields.
final class Fields {

  private Fields() {}

  static VarHandle of(MethodHandles.Lookup lookup, String name, Class<?> type) {
    try {
      return lookup.findVarHandle(lookup.lookupClass(), name, type);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
