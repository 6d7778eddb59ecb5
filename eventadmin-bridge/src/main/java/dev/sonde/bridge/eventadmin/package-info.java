/// The tie to OSGi Event Admin, both ways.
@NullMarked
package dev.sonde.bridge.eventadmin;

import org.jspecify.annotations.NullMarked;
