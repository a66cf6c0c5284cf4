package dev.intermission.trafficlog.capture;

/**
 * A header field, as it was sent.
 *
 * @param name with its upper and lower case
 * @param value without what is around it
 */
public record CapturedField(String name, String value) {}
