/** The call that tells what each gateway node really serves of a proxy. */
@NullMarked
package dev.intermission.admin.health;

import org.jspecify.annotations.NullMarked;
