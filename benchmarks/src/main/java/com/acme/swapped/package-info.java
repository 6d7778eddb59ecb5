/// The bundle that the benchmarks of `deploy/` install and replace.
@NullMarked
package com.acme.swapped;

import org.jspecify.annotations.NullMarked;
