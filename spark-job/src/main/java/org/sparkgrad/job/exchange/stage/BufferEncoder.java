package org.sparkgrad.job.exchange.stage;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToMessageEncoder;
import java.io.IOException;
import java.util.List;
import org.apache.spark.network.protocol.Message;

/**
 * Writes messages as Spark's encoder does, but as buffers, which the network layer gathers: one write for all that is
 * there. Spark's own writes the head of a message and then its body, so that the other side is woken twice.
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
        message.body().release(); // what is written holds it
    }
}
