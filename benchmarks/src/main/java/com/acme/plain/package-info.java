/// A stranger's code, in a package that no setting of the device makes an exception for.
@NullMarked
package com.acme.plain;

import org.jspecify.annotations.NullMarked;
