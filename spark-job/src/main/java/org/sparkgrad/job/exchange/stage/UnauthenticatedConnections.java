package org.sparkgrad.job.exchange.stage;

import io.netty.channel.Channel;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The connections that have shown no secret yet. There are only so many: one more closes the oldest of them, so whoever
 * shows the secret at once, as a worker does, is let in however many others hold connections.
 */
final class UnauthenticatedConnections {
    /** More than workers that connect at the same moment. */
    static final int MOST = 1024;

    private final Set<Channel> waiting = new LinkedHashSet<>();
    private final RefusalLog refusals;

    UnauthenticatedConnections(RefusalLog refusals) {
        this.refusals = refusals;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // closing needs no success
    synchronized void add(Channel channel) {
        waiting.add(channel);
        channel.closeFuture().addListener(closed -> remove(channel));
        if (waiting.size() > MOST) {
            Iterator<Channel> oldest = waiting.iterator();
            Channel tooMany = oldest.next();
            oldest.remove();
            refusals.add(
                    tooMany.remoteAddress(),
                    "of %d connections it is the one longest without the secret".formatted(MOST));
            tooMany.close();
        }
    }

    synchronized void remove(Channel channel) {
        waiting.remove(channel);
    }
}
