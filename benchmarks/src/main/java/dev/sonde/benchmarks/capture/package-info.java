/// The network module against tcpdump and tshark, on the same packets.
@NullMarked
package dev.sonde.benchmarks.capture;

import org.jspecify.annotations.NullMarked;
