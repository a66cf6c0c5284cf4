/** Tests of tokens and client secrets, with a real store. */
@NullMarked
package dev.intermission.admin.access;

import org.jspecify.annotations.NullMarked;
