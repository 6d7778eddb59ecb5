/// Events of the network: packets heard and what they mean.
@Export
@Version("0.1.0")
@NullMarked
package dev.sonde.event.network;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
