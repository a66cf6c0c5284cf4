package dev.intermission.trafficlog.capture;

/**
 * What was kept of a body, in the bytes in which it was sent, without the framing of HTTP.
 *
 * @param bytes its beginning; nobody may change them
 * @param isWhole whether nothing is missing
 */
@SuppressWarnings("ArrayRecordComponent") // made once and shared, never compared
public record CapturedBody(byte[] bytes, boolean isWhole) {}
