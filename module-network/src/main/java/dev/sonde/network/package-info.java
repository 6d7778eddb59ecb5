/// The network module: where packets come from, what they mean, and how that is told.
@NullMarked
package dev.sonde.network;

import org.jspecify.annotations.NullMarked;
