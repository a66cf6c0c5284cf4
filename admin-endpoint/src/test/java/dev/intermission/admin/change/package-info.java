@NullMarked
package dev.intermission.admin.change;

import org.jspecify.annotations.NullMarked;
