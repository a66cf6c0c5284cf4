/**
 * What is taken out of records before anybody sees them. Whatever can't be read is left out, rather
 * than logged as it is.
 */
@NullMarked
package dev.intermission.trafficlog.privacy;

import org.jspecify.annotations.NullMarked;
