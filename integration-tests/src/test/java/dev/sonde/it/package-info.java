/// Tests inside the framework, on the assembled distribution.
package dev.sonde.it;
