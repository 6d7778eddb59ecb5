/// Events about modules and their life: states, faults, deployment.
@Export
@Version("0.1.0")
@NullMarked
package dev.sonde.event.module;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
