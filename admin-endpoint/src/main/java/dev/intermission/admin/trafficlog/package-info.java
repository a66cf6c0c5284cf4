/**
 * What of an API's traffic is logged, and where to (contract section 11): its settings, which take
 * effect without a deployment.
 */
@NullMarked
package dev.intermission.admin.trafficlog;

import org.jspecify.annotations.NullMarked;
