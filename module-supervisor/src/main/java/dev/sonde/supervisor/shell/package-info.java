/// How people reach the device: the interactive console, and commands sent from another process.
@NullMarked
package dev.sonde.supervisor.shell;

import org.jspecify.annotations.NullMarked;
