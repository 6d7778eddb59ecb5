/// What the device shows.
@NullMarked
package dev.sonde.ui;

import org.jspecify.annotations.NullMarked;
