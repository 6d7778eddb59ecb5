/// Keys and pins.
@NullMarked
package dev.sonde.hardware;

import org.jspecify.annotations.NullMarked;
