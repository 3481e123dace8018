package dev.guardrails4j.engine.plugin;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Leads calls of {@link System#exit}, {@link Runtime#exit} and {@link Runtime#halt} to {@link DeniedExit}. That stops code
 * that was written for a program of its own; reflection and native code can stop a JVM all the same. For one class.
 */
final class ExitRewriter extends ClassVisitor {

    private static final String DENIED = Type.getInternalName(DeniedExit.class);
    private static final List<String> NAMES = List.of("exit", "halt");

    /** The calls by owner, name and descriptor, with the descriptor of what stands for them. */
    private static final Map<String, String> CALLS = Map.of(
            "java/lang/System.exit(I)V", "(I)V",
            "java/lang/Runtime.exit(I)V", "(Ljava/lang/Runtime;I)V",
            "java/lang/Runtime.halt(I)V", "(Ljava/lang/Runtime;I)V");

    private boolean hasRewritten;

    private ExitRewriter(ClassWriter writer) {
        super(Opcodes.ASM9, writer);
    }

    /** The class with other calls; empty if it has none of them, or is of a Java that is not known yet. */
    static Optional<byte[]> rewrite(byte[] classFile) {
        if (NAMES.stream().noneMatch(name -> mentions(classFile, name))) {
            return Optional.empty();
        }
        try {
            ClassReader reader = new ClassReader(classFile);
            ClassWriter writer = new ClassWriter(reader, 0);
            ExitRewriter rewriter = new ExitRewriter(writer);
            reader.accept(rewriter, 0);
            return rewriter.hasRewritten ? Optional.of(writer.toByteArray()) : Optional.empty();
        } catch (RuntimeException notUnderstood) {
            // Whether it is a class at all is for the JVM to say.
            return Optional.empty();
        }
    }

    /** Whether the constant is there: a tag, two bytes of length, and the name. */
    private static boolean mentions(byte[] classFile, String name) {
        for (int start = 0; start + 3 + name.length() <= classFile.length; start++) {
            if (classFile[start] == 1
                    && classFile[start + 1] == 0
                    && classFile[start + 2] == name.length()
                    && isAt(classFile, start + 3, name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAt(byte[] classFile, int start, String name) {
        for (int i = 0; i < name.length(); i++) {
            if (classFile[start + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public MethodVisitor visitMethod(int access, String method, String type, String signature, String[] exceptions) {
        return new MethodVisitor(Opcodes.ASM9, super.visitMethod(access, method, type, signature, exceptions)) {

            @Override
            public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
                String instead = CALLS.get(owner + "." + name + descriptor);
                if (instead == null) {
                    super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
                } else {
                    hasRewritten = true;
                    super.visitMethodInsn(Opcodes.INVOKESTATIC, DENIED, name, instead, false);
                }
            }

            @Override
            public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
                super.visitInvokeDynamicInsn(
                        name,
                        descriptor,
                        bootstrap,
                        Arrays.stream(arguments).map(ExitRewriter.this::other).toArray());
            }
        };
    }

    /** A reference to a method such as {@code System::exit}. */
    private Object other(Object argument) {
        if (!(argument instanceof Handle handle)) {
            return argument;
        }
        String instead = CALLS.get(handle.getOwner() + "." + handle.getName() + handle.getDesc());
        if (instead == null) {
            return argument;
        }
        hasRewritten = true;
        return new Handle(Opcodes.H_INVOKESTATIC, DENIED, handle.getName(), instead, false);
    }
}
