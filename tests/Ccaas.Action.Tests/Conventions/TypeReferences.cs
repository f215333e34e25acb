using System.Reflection;
using System.Reflection.Emit;

namespace Ccaas.Action.Tests.Conventions;

/// <summary>
/// Which of the program's folders refers to a type of which other: in base types, members, signatures and the instructions of
/// methods.
/// </summary>
internal sealed record TypeReferences(string From, string FromType, string To, string ToType)
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields().Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    public static IEnumerable<TypeReferences> Of(Assembly assembly, string root = "Ccaas.Action.") =>
        from type in assembly.GetTypes()
        from used in Used(type).SelectMany(Parts).Distinct()
        where used.Assembly == assembly && Folder(used, root) is { Length: > 0 } folder && folder != Folder(type, root)
        select new TypeReferences(Folder(type, root), type.FullName!, Folder(used, root), used.FullName!);

    private static string Folder(Type type, string root) => type.Namespace?.StartsWith(root, StringComparison.Ordinal) == true
        ? type.Namespace[root.Length..].Split('.')[0]
        : "";

    private static IEnumerable<Type> Used(Type type) =>
    [
        .. type.BaseType is { } parent ? [parent] : Type.EmptyTypes,
        .. type.GetInterfaces(),
        .. type.GetFields(All).Select(field => field.FieldType),
        .. type.GetMethods(All).SelectMany(method => Used(method).Append(method.ReturnType)),
        .. type.GetConstructors(All).SelectMany(Used),
    ];

    private static IEnumerable<Type> Used(MethodBase method) =>
    [
        .. method.GetParameters().Select(parameter => parameter.ParameterType),
        .. method.GetMethodBody()?.LocalVariables.Select(local => local.LocalType) ?? [],
        .. method.GetMethodBody()?.GetILAsByteArray() is { } instructions ? Used(method, instructions) : [],
    ];

    private static IEnumerable<Type> Used(MethodBase method, byte[] instructions)
    {
        var position = 0;
        while (position < instructions.Length)
        {
            var first = instructions[position++];
            var code = Codes[first == 0xFE ? (short)((first << 8) | instructions[position++]) : first];
            if (code.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
            {
                var member = method.Module.ResolveMember(
                    BitConverter.ToInt32(instructions, position), method.DeclaringType?.GetGenericArguments(), method.IsGenericMethod
                        ? method.GetGenericArguments()
                        : null);
                yield return member as Type ?? member!.DeclaringType!;
                foreach (var argument in member is MethodInfo { IsGenericMethod: true } called ? called.GetGenericArguments() : [])
                {
                    yield return argument;
                }
            }

            position += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(instructions, position)),
                _ => 4,
            };
        }
    }

    /// <summary>The type itself, what it is an array of, and its type arguments.</summary>
    private static IEnumerable<Type> Parts(Type type) => type switch
    {
        { HasElementType: true } => Parts(type.GetElementType()!),
        { IsGenericType: true } => type.GetGenericArguments().SelectMany(Parts).Append(type),
        _ => [type],
    };
}
