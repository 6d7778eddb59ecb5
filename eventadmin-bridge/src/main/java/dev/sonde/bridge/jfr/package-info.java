/// What the bus tells the JDK Flight Recorder.
@NullMarked
package dev.sonde.bridge.jfr;

import org.jspecify.annotations.NullMarked;
