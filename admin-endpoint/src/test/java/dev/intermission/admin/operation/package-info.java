/** Tests of operations. */
@NullMarked
package dev.intermission.admin.operation;

import org.jspecify.annotations.NullMarked;
