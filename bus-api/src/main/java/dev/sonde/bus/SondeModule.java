package dev.sonde.bus;

import org.osgi.annotation.versioning.ConsumerType;

/// A module: what one bundle adds to the device. Register it as an OSGi service, for example with
/// `@Component`; Sonde finds it, gives it a thread and a name, and starts it.
///
/// ```java
/// @Component
/// public class NameWatch implements SondeModule {
///   @Override
///   public void start(ModuleContext context) {
///     context.on(DnsQuery.class, (query, at) -> System.out.println(query.name()));
///   }
/// }
/// ```
///
/// **Name.** The last part of the bundle's symbolic name, without a leading `module-`:
/// `com.acme.valve` is `valve`, `dev.sonde.module-logger` is `logger`. If another module has that
/// name already, the whole symbolic name. One bundle is one module.
///
/// **Thread.** [#start], handlers, timers, tasks and [#stop] run on one virtual thread that belongs
/// to this module, never two at once: module code needs no locks. Nothing else runs there.
///
/// **Life.** Stopping the bundle stops the module: forks are cancelled, what waits in the inboxes
/// is handled, then [#stop] is called, all before a deadline; then its context is revoked. A module
/// that does not keep the deadline is abandoned: its thread is interrupted and left behind, what it
/// has not handled is counted as expired, and the device goes on without it.
///
/// **Update.** When its bundle is replaced by a newer one, what waits is not handled but kept, and
/// the inboxes go on filling until the new version's [#start] subscribes again
/// ([ModuleContext#on]). The event that is being handled is handled to its end.
@ConsumerType
public interface SondeModule {

  /// Starts: subscribe, set timers, fork sources, then return. Events, timers and tasks wait until
  /// it has returned, also those that it publishes itself. Where several modules start, nothing is
  /// known of their order: what must not be missed is retained ([Subscription#withLast]) or asked
  /// for ([EventBus#ask]).
  ///
  /// @param context the module's side of the bus, valid until the module has stopped
  /// @throws Exception if the module can not run; the message is shown to the user, forks and
  ///     timers end, subscriptions are closed (in an update: kept for the version that returns),
  ///     and [#stop] is not called
  void start(ModuleContext context) throws Exception;

  /// Stops: let go of what [#start] took from outside the context. Subscriptions, timers and forks
  /// end by themselves. May still publish, and call [ModuleContext#saveState]; what it hands to
  /// [ModuleContext#execute] is refused.
  ///
  /// @throws Exception if that failed; the module is stopped all the same
  default void stop() throws Exception {}

  /// The name by which a bundle's module is known, by the rule above, as long as no other module
  /// has it.
  ///
  /// @param bundleSymbolicName for example `dev.sonde.module-logger`
  /// @return for example `logger`
  static String nameOf(String bundleSymbolicName) {
    String last = bundleSymbolicName.substring(bundleSymbolicName.lastIndexOf('.') + 1);
    String stripped = last.startsWith("module-") ? last.substring("module-".length()) : last;
    return stripped.isEmpty() ? bundleSymbolicName : stripped;
  }
}
