/// What a benchmark needs of the network module's own parts.
@NullMarked
package dev.sonde.network;

import org.jspecify.annotations.NullMarked;
