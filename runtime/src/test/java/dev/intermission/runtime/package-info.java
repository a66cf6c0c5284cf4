@NullMarked
package dev.intermission.runtime;

import org.jspecify.annotations.NullMarked;
