/**
 * Recording of the requests of single APIs, whole and for a while, for operators who look at them
 * on an admin node. Decides which requests are recorded, takes out what is private, and hands the
 * records on in batches; how they get to an admin node is the matter of whoever takes them.
 */
@NullMarked
package dev.intermission.trafficlog.trace;

import org.jspecify.annotations.NullMarked;
