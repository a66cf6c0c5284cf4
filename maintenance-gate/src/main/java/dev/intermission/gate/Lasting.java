package dev.intermission.gate;

import dev.intermission.api.AdmissionSalt;

/**
 * What a gate keeps from one snapshot to the next.
 *
 * @param ownSalt decides who is admitted where the snapshot brings no salt
 */
record Lasting(
    Answers answers, Clients clients, AdmissionSalt ownSalt, SharedExemptions exemptions) {}
