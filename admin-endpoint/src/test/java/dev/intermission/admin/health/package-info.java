/** Tests of route health. */
@NullMarked
package dev.intermission.admin.health;

import org.jspecify.annotations.NullMarked;
