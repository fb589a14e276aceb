package org.sparkgrad.job.exchange.stage;

import io.netty.channel.Channel;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The connections that have not sent the secret yet. Their number is limited: a new connection above the limit closes
 * the oldest. A worker sends the secret at once, so it is admitted however many other connections are open.
 */
final class UnauthenticatedConnections {
    /** More than the number of workers that connect at the same moment. */
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
