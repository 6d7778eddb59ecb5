package dev.sonde.it.stuck;

import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.SondeModule;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import org.osgi.service.component.annotations.Component;

/// Calls a function of the C library that does not return until the device ends, in a timer.
@Component
public final class NativeModule implements SondeModule {

  @Override
  public void start(ModuleContext context) {
    context.after(Duration.ofMillis(1), NativeModule::pause);
  }

  @SuppressWarnings("restricted") // that it holds its thread is the point
  private static void pause() {
    Linker linker = Linker.nativeLinker();
    MethodHandle pause =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("pause"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT));
    while (true) {
      try {
        int interrupted = (int) pause.invokeExact();
        assert interrupted == -1;
      } catch (Throwable e) {
        throw new AssertionError(e);
      }
    }
  }
}
