package dev.guardrails4j.server.metrics;

/**
 * How much of what the server lets in at a time is taken at a moment.
 *
 * @param running the requests that run and are not streamed
 * @param streams the answers that are being streamed
 * @param queued the requests that wait for others to end
 * @param refusedRequests how many requests were refused since the start, for too many ran and waited
 * @param refusedStreams how many streams were refused since the start, for too many were open
 */
public record AdmissionLoad(int running, int streams, int queued, long refusedRequests, long refusedStreams) {}
