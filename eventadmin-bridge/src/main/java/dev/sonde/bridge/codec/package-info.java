/// Records as names and values, and as JSON.
@NullMarked
package dev.sonde.bridge.codec;

import org.jspecify.annotations.NullMarked;
