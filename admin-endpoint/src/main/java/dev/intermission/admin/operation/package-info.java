/** The calls that change many proxies at once, list what was done so, and take it back. */
@NullMarked
package dev.intermission.admin.operation;

import org.jspecify.annotations.NullMarked;
