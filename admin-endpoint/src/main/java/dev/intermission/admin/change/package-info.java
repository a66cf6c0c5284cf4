/** What a change would do before it is made, and what is seldom meant in it. */
@NullMarked
package dev.intermission.admin.change;

import org.jspecify.annotations.NullMarked;
