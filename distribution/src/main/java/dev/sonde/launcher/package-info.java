/// Starts the device: reads the command line, takes the home directory, runs the OSGi framework
/// with the shipped bundles, and ends it in order. Also the client of a running device.
@NullMarked
package dev.sonde.launcher;

import org.jspecify.annotations.NullMarked;
