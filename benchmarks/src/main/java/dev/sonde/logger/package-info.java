/// What a benchmark needs of the logger's own parts.
@NullMarked
package dev.sonde.logger;

import org.jspecify.annotations.NullMarked;
