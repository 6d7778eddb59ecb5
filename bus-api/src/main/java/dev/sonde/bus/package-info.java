/// The bus: events, subscriptions, modules. Start with [dev.sonde.bus.SondeModule] and
/// [dev.sonde.bus.ModuleContext].
@Export
@Version("0.1.0")
@NullMarked
package dev.sonde.bus;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
