package dev.sonde.bus;

import org.osgi.annotation.versioning.ConsumerType;

/// Something that blocks and produces: a capture, a serial port, a file. Runs beside its module on
/// a platform thread of its own ([ModuleContext#fork]).
///
/// It talks to its module through [ModuleContext#publish], [ModuleContext#awaitRoom] and
/// [ModuleContext#execute] only; it shares no mutable state with the module's handlers.
@ConsumerType
public interface Source {

  /// Produces until there is no more or [#cancel] was called. Returning ends the fork; throwing
  /// ends it and is a fault of the module.
  ///
  /// @throws Exception if the source broke
  void run() throws Exception;

  /// Makes [#run] return soon. Called from another thread, once, when the module stops or cancels
  /// the fork; possibly before `run` was entered. The bus also interrupts the fork's thread
  /// afterwards, which is not enough by itself where `run` sits in native code.
  void cancel();
}
