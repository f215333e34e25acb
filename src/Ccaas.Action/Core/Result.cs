using System.Diagnostics.CodeAnalysis;

namespace Ccaas.Action.Core;

/// <summary>Either what was wanted or the <see cref="Core.Failure"/> that stands in its place. Bugs throw; they are not outcomes.</summary>
internal readonly struct Result<T>
    where T : class
{
    private readonly T? _value;

    private Result(T? value, Failure? failure)
    {
        _value = value;
        Failure = failure;
    }

    public Failure? Failure { get; }

    public bool Succeeded([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out Failure? failure)
    {
        value = _value;
        failure = Failure;
        return failure is null;
    }

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Failure failure) => new(null, failure);
}
