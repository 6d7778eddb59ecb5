package dev.sonde.bus.spi;

import dev.sonde.bus.SondeModule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.framework.Bundle;

/// The bus as the supervisor sees it: gives modules a thread and a context. An OSGi service; all
/// methods may be called from any thread.
@ProviderType
public interface ModuleHost {

  /// Takes a module in, without starting it.
  ///
  /// @param bundle the module's bundle
  /// @param name the name under which it is known
  /// @param module makes or fetches the module; called on the module's own thread, so that a
  ///     constructor or class initialiser that hangs holds nobody else
  /// @param faults is told of what goes wrong while it runs
  /// @return the module's handle
  /// @throws IllegalStateException if a module of that bundle is running
  HostedModule host(Bundle bundle, String name, Callable<SondeModule> module, FaultListener faults);

  /// Settings that concern a module but are not the module's own, read like those of
  /// [dev.sonde.bus.ModuleContext#config]: what does not fit is published as rejected, and its
  /// default stands.
  ///
  /// @param <C> the record
  /// @param name the name under which they are kept
  /// @param type the record's class
  /// @return their present values
  <C extends Record> C config(String name, Class<C> type);

  /// The settings that were asked for under a name.
  ///
  /// @param name a module's name, or one given to [#config]
  /// @return in the order of their declaration; empty if nobody has asked for any
  List<SettingValue> settings(String name);

  /// What would be wrong with a value.
  ///
  /// @param name as for [#settings]
  /// @param key a setting's key
  /// @param value as it would stand in the file
  /// @return follows the key in a sentence; nothing if the value fits
  Optional<String> objection(String name, String key, String value);

  /// Drops the inboxes that are kept for the next version of a bundle's module, and counts their
  /// events as expired; while a module of that bundle runs, nothing. What it saved stays as long as
  /// its bundle is installed: whoever starts it again wants it to go on.
  ///
  /// @param bundleSymbolicName whose
  void forget(String bundleSymbolicName);

  /// Waits until nothing moves: every inbox of every running module is empty and no module is at
  /// work. Timers that are not due yet and forks do not count, nor does what waits for the next
  /// version of a module.
  ///
  /// @param deadline how long to wait at most
  /// @return true if it is quiet, false if the deadline passed
  /// @throws InterruptedException if the thread was interrupted
  boolean awaitQuiet(Duration deadline) throws InterruptedException;
}
