/**
 * The vocabulary of Intermission as immutable values, and the interfaces that a host gateway
 * implements. Every other module speaks through this package; it uses nothing but the JDK and
 * JSpecify.
 */
@NullMarked
package dev.intermission.api;

import org.jspecify.annotations.NullMarked;
