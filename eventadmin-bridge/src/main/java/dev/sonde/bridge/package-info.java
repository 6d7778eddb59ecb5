/// The engine of the bus.
@NullMarked
package dev.sonde.bridge;

import org.jspecify.annotations.NullMarked;
