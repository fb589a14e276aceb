package org.sparkgrad.job.exchange.stage;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.spark.network.buffer.ManagedBuffer;
import org.apache.spark.network.buffer.NioManagedBuffer;
import org.apache.spark.network.protocol.OneWayMessage;
import org.apache.spark.network.protocol.RpcRequest;
import org.apache.spark.network.protocol.RpcResponse;

/**
 * Copies the body of a part or of a question, which arrives in pieces, into one buffer per connection. Spark would
 * allocate a new buffer for each body. The buffer is valid until the next body of the connection arrives.
 */
final class BodyAssembler extends ChannelInboundHandlerAdapter {
    private ByteBuffer kept = ByteBuffer.allocate(0);

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (message instanceof OneWayMessage part) {
            super.channelRead(context, new OneWayMessage(gather(part.body())));
        } else if (message instanceof RpcRequest end && end.body().size() > Request.HEAD + AnswerNumbers.LAST_HEAD) {
            super.channelRead(context, new RpcRequest(end.requestId, gather(end.body())));
        } else if (message instanceof RpcResponse reply && reply.body().size() > Reply.HEAD) {
            super.channelRead(context, new RpcResponse(reply.requestId, keep(reply.body())));
        } else {
            super.channelRead(context, message);
        }
    }

    /** Returns a body. A body that is in one piece is not copied, because its receiver reads it at once. */
    private ManagedBuffer gather(ManagedBuffer body) throws IOException {
        ByteBuf pieces = (ByteBuf) body.convertToNetty();
        boolean whole = pieces.nioBufferCount() == 1;
        pieces.release();
        return whole ? body : keep(body);
    }

    private ManagedBuffer keep(ManagedBuffer body) throws IOException {
        int size = (int) body.size();
        if (kept.capacity() < size) {
            kept = ByteBuffer.allocate(size);
        }
        ByteBuf pieces = (ByteBuf) body.convertToNetty();
        pieces.readBytes(kept.clear().limit(size));
        pieces.release();
        body.release();
        return new NioManagedBuffer(kept.flip());
    }
}
