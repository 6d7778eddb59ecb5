package dev.sonde.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The carriers of this JVM.
class CarriersTest {

  @Test
  void shouldChangeHowManyThereAreAndBack() {
    Carriers carriers = Carriers.ofThisJvm().orElseThrow();
    int before = carriers.parallelism();
    carriers.parallelism(before + 1);
    assertThat(carriers.parallelism()).isEqualTo(before + 1);
    carriers.parallelism(before);
    assertThat(carriers.parallelism()).isEqualTo(before);
  }

  @Test
  void shouldGoOnWithoutThemWhereTheJavaRuntimeLacksThePackage() throws Exception {
    Class<?> type = new WithoutManagement().loadClass(Carriers.class.getName());
    assertThat(type).isNotSameAs(Carriers.class);
    Method ofThisJvm = type.getMethod("ofThisJvm");
    ofThisJvm.setAccessible(true);
    assertThat(ofThisJvm.invoke(null)).isEqualTo(Optional.empty());
  }

  /// As a bundle whose optional import of `jdk.management` is not wired.
  private static final class WithoutManagement extends ClassLoader {

    WithoutManagement() {
      super(CarriersTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("jdk.management.")) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith("dev.sonde.bridge.Carriers")) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
