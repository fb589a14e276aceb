package org.sparkgrad.job.exchange.stage;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToMessageEncoder;
import java.io.IOException;
import java.util.List;
import org.apache.spark.network.protocol.Message;

/**
 * Encodes messages as Spark's encoder does, but to buffers that the network layer gathers to one write. Spark's own
 * encoder writes the head of a message and then the body, which wakes the receiver twice.
 */
final class BufferEncoder extends MessageToMessageEncoder<Message> {
    BufferEncoder() {
        super(Message.class);
    }

    @Override
    public boolean acceptOutboundMessage(Object message) {
        return message instanceof Message whole && whole.body() != null && whole.isBodyInFrame();
    }

    @Override
    protected void encode(ChannelHandlerContext context, Message message, List<Object> out) throws IOException {
        int headBytes = Long.BYTES + message.type().encodedLength() + message.encodedLength();
        ByteBuf head = context.alloc().directBuffer(headBytes);
        head.writeLong(headBytes + message.body().size());
        message.type().encode(head);
        message.encode(head);
        out.add(head);
        out.add(message.body().convertToNetty());
        message.body().release(); // the encoded buffer keeps its own reference
    }
}
