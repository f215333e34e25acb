namespace Ccaas.EndToEnd.Tests;

/// <summary>A test that lets a process die between two of its steps, by a library that is compiled for it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CrashFactAttribute : FactAttribute
{
    public CrashFactAttribute() => Skip = Needs.Native() ?? Needs.Program("clang", "clang");
}
