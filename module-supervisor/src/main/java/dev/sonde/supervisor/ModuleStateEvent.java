package dev.sonde.supervisor;

import dev.sonde.event.module.ModuleState;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/// A module changed its state, for the JDK Flight Recorder.
@Name("dev.sonde.ModuleState")
@Label("Module State")
@Category({"Sonde", "Modules"})
@Description("A module changed its state")
@StackTrace(false)
final class ModuleStateEvent extends Event {

  @Label("Module")
  @Nullable String module;

  @Label("From")
  @Nullable String from;

  @Label("To")
  @Nullable String to;

  @Label("Why")
  @Description("Empty where the state says it all")
  @Nullable String why;

  private static final boolean RECORDER_IS_VISIBLE = isRecorderVisible();

  private ModuleStateEvent() {}

  /// What the JDK weaves into this class when a recording starts; a bundle sees it only by boot
  /// delegation, and without that the first recorded event would throw.
  private static boolean isRecorderVisible() {
    try {
      var _ =
          Class.forName(
              "jdk.jfr.internal.event.EventWriter", false, ModuleStateEvent.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  static void changed(String name, ModuleState before, ModuleState now, String reason) {
    if (!RECORDER_IS_VISIBLE) {
      return;
    }
    ModuleStateEvent event = new ModuleStateEvent();
    if (event.shouldCommit()) {
      event.module = name;
      event.from = before.name();
      event.to = now.name();
      event.why = reason;
      event.commit();
    }
  }
}
