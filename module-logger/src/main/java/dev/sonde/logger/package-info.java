/// Writes down what happens on the bus: lines on the console, JSON in files.
@NullMarked
package dev.sonde.logger;

import org.jspecify.annotations.NullMarked;
