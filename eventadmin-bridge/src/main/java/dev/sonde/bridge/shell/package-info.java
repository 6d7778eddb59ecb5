/// The bus:* commands.
@NullMarked
package dev.sonde.bridge.shell;

import org.jspecify.annotations.NullMarked;
