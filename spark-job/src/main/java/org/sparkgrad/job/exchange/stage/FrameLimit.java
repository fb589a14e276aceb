package org.sparkgrad.job.exchange.stage;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection whose next frame would be too large, before any byte of the frame is stored. Also closes a
 * connection that has not sent the secret for a while. So unauthenticated connections can only use bounded memory of
 * the driver. Before the secret, only requests and one-way messages pass, because Spark answers other kinds and
 * unreadable messages with an error in the log for each. Spark's frames begin with their length, of eight bytes, and
 * the kind of the message.
 */
final class FrameLimit extends ChannelInboundHandlerAdapter {
    private static final String NAME = "sparkgradFrameLimit";
    private static final int LENGTH_BYTES = Long.BYTES;

    /** The largest number of bytes before the secret; Spark's authentication sends fewer. */
    private static final long UNAUTHENTICATED = 16 << 10;

    /** The largest frame after the secret; the head of Spark's frame is shorter than the extra bytes. */
    private static final long AUTHENTICATED = Request.LARGEST + UNAUTHENTICATED;

    /** Spark's kinds of messages, and the lengths of the shortest frames with their heads. */
    private static final byte REQUEST = 3;

    private static final int SHORTEST_REQUEST = LENGTH_BYTES + 1 + Long.BYTES + Integer.BYTES;
    private static final byte ONE_WAY = 9;
    private static final int SHORTEST_ONE_WAY = LENGTH_BYTES + 1 + Integer.BYTES;

    private static final long PATIENCE = Duration.ofSeconds(30).toSeconds();

    private final RefusalLog refusals;
    private final UnauthenticatedConnections unauthenticated;
    private volatile boolean known;
    private boolean closed;
    private String wrong = "";
    private long frame;
    private long rest;
    private long length;
    private int lengthBytes;

    private FrameLimit(RefusalLog refusals, UnauthenticatedConnections unauthenticated) {
        this.refusals = refusals;
        this.unauthenticated = unauthenticated;
    }

    /** Adds a limit before all other handlers. Decryption, which is added later, goes before the limit. */
    @SuppressWarnings("FutureReturnValueIgnored") // the channel's loop runs it or has ended
    static void guard(Channel channel, RefusalLog refusals, UnauthenticatedConnections unauthenticated) {
        FrameLimit limit = new FrameLimit(refusals, unauthenticated);
        unauthenticated.add(channel);
        channel.pipeline().addFirst(NAME, limit);
        channel.eventLoop().schedule(() -> limit.closeStranger(channel), PATIENCE, TimeUnit.SECONDS);
    }

    /** Records that the channel has sent the secret. */
    static void known(Channel channel) {
        if (channel.pipeline().get(NAME) instanceof FrameLimit limit) {
            if (!limit.known) {
                limit.known = true;
                limit.unauthenticated.remove(channel);
            }
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // closing needs no success
    private void closeStranger(Channel channel) {
        if (!known && channel.isOpen()) {
            refusals.add(channel.remoteAddress(), "it shows no secret");
            channel.close();
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // closing needs no success
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (message instanceof ByteBuf buffer && !fits(buffer)) {
            buffer.release();
            if (!closed) {
                closed = true;
                refusals.add(context.channel().remoteAddress(), wrong);
                context.close();
            }
            return;
        }
        super.channelRead(context, message);
    }

    private boolean fits(ByteBuf buffer) {
        int at = buffer.readerIndex();
        while (!closed && at < buffer.writerIndex()) {
            if (rest > 0) {
                if (rest == frame - LENGTH_BYTES && !known && !isOfAKindForAll(buffer.getByte(at))) {
                    wrong = "a message of kind " + buffer.getByte(at) + " in " + frame + " bytes";
                    return false;
                }
                int skip = (int) Math.min(rest, buffer.writerIndex() - at);
                rest -= skip;
                at += skip;
                continue;
            }
            length = length << Byte.SIZE | (buffer.getByte(at++) & 0xff);
            if (++lengthBytes == LENGTH_BYTES) {
                if (length <= LENGTH_BYTES || length > (known ? AUTHENTICATED : UNAUTHENTICATED)) {
                    wrong = "a frame of " + length + " bytes";
                    return false;
                }
                frame = length;
                rest = length - LENGTH_BYTES;
                length = 0;
                lengthBytes = 0;
            }
        }
        return !closed;
    }

    private boolean isOfAKindForAll(byte kind) {
        return (kind == REQUEST && frame >= SHORTEST_REQUEST) || (kind == ONE_WAY && frame >= SHORTEST_ONE_WAY);
    }
}
