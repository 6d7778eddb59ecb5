package dev.sonde.bridge.codec;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A record class, ready to be taken apart and put together. Kept with the class itself, so that it
/// goes when its bundle goes.
final class RecordShape {

  private static final ClassValue<RecordShape> SHAPES =
      new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
          return new RecordShape(type.asSubclass(Record.class));
        }
      };

  private final List<Component> components;
  private final Constructor<? extends Record> constructor;

  /// One component.
  ///
  /// @param name its name
  /// @param type its type, with type arguments
  /// @param accessor reads it
  record Component(String name, Type type, Method accessor) {

    @Nullable Object read(Record record) {
      try {
        return accessor.invoke(record);
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new IllegalStateException(
            "Component " + name + " of " + record.getClass().getName() + " can not be read", e);
      }
    }
  }

  private RecordShape(Class<? extends Record> type) {
    RecordComponent[] declared = type.getRecordComponents();
    this.components =
        Arrays.stream(declared)
            .map(
                component -> {
                  // The record may be package-private in its bundle.
                  component.getAccessor().setAccessible(true);
                  return new Component(
                      component.getName(), component.getGenericType(), component.getAccessor());
                })
            .toList();
    try {
      this.constructor =
          type.getDeclaredConstructor(
              Arrays.stream(declared).map(RecordComponent::getType).toArray(Class<?>[]::new));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("Record without its constructor: " + type.getName(), e);
    }
    constructor.setAccessible(true);
  }

  static RecordShape of(Class<?> type) {
    return SHAPES.get(type);
  }

  List<Component> components() {
    return components;
  }

  /// Makes a record.
  ///
  /// @throws InvocationTargetException if its constructor refuses the values
  Record create(@Nullable Object[] values) throws InvocationTargetException {
    try {
      return constructor.newInstance(values);
    } catch (InstantiationException | IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
